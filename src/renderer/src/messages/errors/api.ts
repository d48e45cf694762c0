import { NOTHING_CHANGED, message, type ErrorMessage } from './error-message.ts';

/** The network and the API. */
export const API_ERRORS = {
  offline: message(
    'Genesys Cloud cannot be reached',
    'This computer seems to be offline, or a proxy or firewall is in the way. What you have entered is kept.',
    'Check the network or VPN, then try again.',
  ),
  'timed-out': message(
    'Genesys Cloud did not answer in time',
    'The request may or may not have taken effect.',
    'Try again. If it keeps happening, check the Genesys Cloud status page for your region.',
  ),
  'proxy-sign-in': message(
    'The proxy wants a user name and password',
    'Nothing was sent to Genesys Cloud: the proxy of this network lets nobody pass without them.',
    'Give them where the window asks for them, then try again.',
  ),
  'not-trusted': message(
    'The certificate is not trusted',
    'What answers in the place of Genesys Cloud cannot show a certificate that this computer trusts. Nothing was sent to it.',
    'On a guest network sign in to the network first. Where your company inspects traffic, ask for its certificate to be installed on this computer.',
  ),
  portal: message(
    'Something else answers in the place of Genesys Cloud',
    'It answered with a web page or a redirect, as the sign-in page of a guest network or a filter does. The request may or may not have reached Genesys Cloud.',
    'Open any page in your browser, sign in to the network if it asks, then try again.',
  ),
  'signed-out': message(
    'This token is no longer valid',
    'It has expired, idled out or been revoked. What you were doing is kept.',
    'Sign in again to go on.',
  ),
  forbidden: message(
    'You are not allowed to do this',
    `The account or client you signed in with lacks a permission. ${NOTHING_CHANGED}`,
    'Ask a Genesys Cloud administrator for the permission named under Details, or sign in with another account.',
  ),
  'ip-not-allowed': message(
    'Your network address is not on the org’s allowlist',
    'The organization only accepts requests from certain addresses, and this is not one of them.',
    'Connect through the company network or VPN, or have your address added to the IP allowlist.',
  ),
  'not-found': message(
    'Genesys Cloud does not know this item',
    'It may have been deleted, or it belongs to another organization.',
    'Refresh the view and check the id.',
  ),
  'bad-request': message(
    'Genesys Cloud refused the request',
    `A value was not accepted. ${NOTHING_CHANGED}`,
    'Check the values. The server’s own words are under Details.',
  ),
  conflict: message(
    'Somebody else changed this at the same time',
    'Your change was not saved.',
    'Refresh, look at the new values, and try again.',
  ),
  'rate-limited': message(
    'Too many requests to Genesys Cloud',
    'The rate limit of this token is used up for the moment. Other tools may be using the same limit.',
    'Wait a minute and try again. A lower share of the rate limit in Settings leaves more room for others.',
  ),
  'server-failed': message(
    'Genesys Cloud had a problem',
    'The fault is on the server’s side and usually passes. The request may or may not have taken effect.',
    'Try again in a moment. If it stays, give the details below to Genesys support.',
  ),
  'unexpected-answer': message(
    'The answer was not what Genesys Cloud normally sends',
    'A proxy, a login page of the network, or a change on the server may be the cause.',
    'Check that the region or host is right. If it is, give the details below to Genesys support.',
  ),
};

/** What the vendor's description tells apart within "forbidden", by the API's own code: each is mended elsewhere. */
export const FORBIDDEN_MESSAGES: Readonly<Record<string, ErrorMessage>> = {
  'app.not.authorized.for.scope': message(
    'This OAuth client lacks a scope',
    `The organization enforces OAuth scopes, and the client you signed in with does not have the one for this request. ${NOTHING_CHANGED}`,
    'Add the scope named under Details to the OAuth client in Genesys Cloud Admin and authorize it again, then sign in again.',
  ),
  'authz.policy.denied': message(
    'An access policy of the organization denies this',
    `Your role may hold the permission, but a policy does not let you use it here. ${NOTHING_CHANGED}`,
    'Ask a Genesys Cloud administrator to look at the access control policies, or sign in with another account.',
  ),
  'missing.division.permission': message(
    'You are not allowed to do this in that division',
    `Your role holds the permission for other divisions. ${NOTHING_CHANGED}`,
    'Ask a Genesys Cloud administrator to grant your role for the division, or sign in with another account.',
  ),
  'missing.any.division.permissions': message(
    'You are not allowed to do this in any division',
    `Your role does not hold the permission for any division that this is about. ${NOTHING_CHANGED}`,
    'Ask a Genesys Cloud administrator to grant your role for the division, or sign in with another account.',
  ),
  'not.authorized': message(
    'Genesys Cloud does not authorize this',
    `The account or client you signed in with may not make this request. ${NOTHING_CHANGED}`,
    'Look at the server’s own words under Details, or sign in with another account.',
  ),
};
