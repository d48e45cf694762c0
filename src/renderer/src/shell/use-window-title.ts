import { watchEffect } from 'vue';
import { useNavigationStore, VIEWS } from '../stores/navigation.ts';
import { useSessionStore } from '../stores/session.ts';

/** "Revoke – Acme (Demo) – Tokendesk": which org, in the task bar too. */
export function useWindowTitle(): void {
  const navigation = useNavigationStore();
  const session = useSessionStore();
  watchEffect(() => {
    const view = VIEWS.find(({ name }) => name === navigation.view)?.title;
    const org = session.connection?.organization.name;
    const place = org && (session.demo ? `${org} (Demo)` : org);
    document.title = [view, place, 'Tokendesk'].filter(Boolean).join(' – ');
  });
}
