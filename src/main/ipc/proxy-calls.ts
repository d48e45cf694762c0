import type { Handlers } from '../consent/calls.ts';
import { ask } from '../consent/consent.ts';
import { proxyDialog } from '../consent/dialogs/proxy.ts';
import { failure } from '../failure.ts';
import type { ProxyLogin } from '../proxy/proxy-login.ts';

/** The password of a proxy is a secret that goes somewhere: main asks before it does. */
export function proxyCalls(proxy: Pick<ProxyLogin, 'asking' | 'signIn'>): Pick<Handlers, 'proxy.signIn'> {
  return {
    'proxy.signIn': (request) => {
      const { asking } = proxy;
      if (!asking) throw failure('no-such-item', 'No proxy asks for a password now.');
      return ask({
        dialog: proxyDialog(asking),
        holds: () => proxy.asking === asking,
        act: () => proxy.signIn(request),
      });
    },
  };
}
