import type { ProxyAsking } from '../../../shared/proxy.ts';
import type { ConsentDialog } from '../consent.ts';
import { named } from './where.ts';

/** Before a user name and password go to the proxy that asks for them. */
export function proxyDialog({ host, port, scheme }: ProxyAsking): ConsentDialog {
  const name = named(host, 200);
  return {
    message: `Send your user name and password to the proxy ${name}:${port}?`,
    detail: [
      'It is the proxy of this computer’s network settings. They go to no other computer.',
      ...(scheme.toLowerCase() === 'basic'
        ? ['This proxy takes them unencrypted: others on this network may read them.']
        : []),
    ],
    button: `Send to ${named(host, 60)}`,
  };
}
