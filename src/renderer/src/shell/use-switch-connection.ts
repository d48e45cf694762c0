import { useNavigationStore } from '../stores/navigation.ts';
import { useSessionStore } from '../stores/session.ts';
import { useConnectionErrorStore } from '../stores/connection-error.ts';

/** Signs in to a saved connection; where that fails, the connections dialog opens and says why. */
export function useSwitchConnection(): (connectionId: string) => Promise<void> {
  const session = useSessionStore();
  const navigation = useNavigationStore();
  const errors = useConnectionErrorStore();
  return async (connectionId) => {
    errors.clear();
    const result = await session.switchTo(connectionId);
    if (result.ok) return;
    errors.set(connectionId, result.error);
    navigation.connectionsOpen = true;
  };
}
