import { useNavigationStore } from '../stores/navigation.ts';
import { useSessionStore } from '../stores/session.ts';

/** Signs in to a saved connection; where that fails, the connections dialog opens and says why. */
export function useSwitchConnection(): (connectionId: string) => Promise<void> {
  const session = useSessionStore();
  const navigation = useNavigationStore();
  return async (connectionId) => {
    if (!(await session.switchTo(connectionId))) navigation.connectionsOpen = true;
  };
}
