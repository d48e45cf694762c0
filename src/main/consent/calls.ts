import type { CallInput, CallName, CallOutput } from '../../shared/ipc.ts';
import type { Asked } from './consent.ts';

/** Why a call needs no dialog of main. */
interface Harmless {
  readonly harmless: string;
}

const because = <const T extends string>(harmless: T): { readonly harmless: T } => ({ harmless });

const READS = because('it reads, from what main has or from the host of the session, and changes nothing');
const OWN_DIALOG = because('the person chooses the file in a dialog of main');

/**
 * Every call of the contract: what destroys, weakens a guard, or sends a secret somewhere new goes through main's own
 * dialog; for every other it is said why not. A handler of a call that asks cannot be written without the dialog: its
 * type wants an intention, and only consent.ts acts on one.
 */
export const CONSENT = {
  'app.snapshot': READS,
  'app.copyText': because(
    'it puts a text of the window on the clipboard, as any page may when its button is pressed',
  ),
  'settings.update': because(
    'theme, log level and a share of the rate limit within its bounds guard nothing',
  ),

  'exports.show': because('it shows a file that the person has just exported'),
  'exports.open': because('it opens a file that the person has just exported, and no program'),

  'storage.runsFolder': READS,
  'storage.openRunsFolder': because('it shows a folder, once in a while'),
  'storage.changeRunsFolder': 'asks',
  'storage.places': READS,
  'storage.remove': 'asks',
  'storage.restart': 'asks',

  'connections.signIn': 'asks',
  'connections.switchTo': because('the secret goes to the hosts that are kept with it, which were agreed to'),
  'connections.rename': because('a label guards nothing: dialogs name the organization and the host as well'),
  'connections.cancelSignIn': because('it ends an attempt, and nothing was kept of it'),
  'connections.loginPage': because(
    'it shows the page that this sign-in opened before, a few times at most; its address stays in main',
  ),
  'connections.keepSecret': because(
    'the keychain gets what it was to get when the person signed in; what was not to be remembered stays in memory',
  ),
  'connections.remove': 'asks',
  'connections.signOut': 'asks',

  'token.refresh': READS,
  'token.verify': READS,
  'token.revoke': 'asks',

  'proxy.signIn': 'asks',

  'triage.find': because('what is found stays in main; the window learns first and last characters'),
  'triage.ask': 'asks',
  'triage.revoke': 'asks',
  'triage.close': because('it forgets what is in memory'),
  'triage.saveRecord': OWN_DIALOG,
  'triage.keepRecord': because('it adds to the evidence, and a text that holds the token is refused'),
  'triage.records': READS,
  'triage.exportRecord': OWN_DIALOG,
  'triage.deleteRecord': 'asks',

  'list.fromText': because('a list touches nobody until it is reviewed and agreed to'),
  'list.fromDialog': OWN_DIALOG,
  'list.fromSheet': because('it reads another sheet of a list that is in main'),
  'list.cancelReading': because('it ends a reading'),
  'list.demo': READS,
  'list.fromFile': because('a list touches nobody until it is reviewed and agreed to'),

  'plan.resolve': READS,
  'plan.cancelResolving': because('a plan that is not there revokes nobody'),
  'plan.rows': READS,
  'plan.packedRows': READS,
  'plan.decide': because('a plan touches nobody until it is agreed to; protecting only adds to the list'),
  'plan.candidates': READS,
  'plan.save': OWN_DIALOG,
  'plan.open': OWN_DIALOG,

  'directory.search': READS,
  'directory.counts': READS,
  'directory.names': READS,
  'directory.searchUsers': READS,

  'protected.list': READS,
  'protected.save': 'asks',
  'protected.reset': 'asks',
  'protected.check': READS,

  'runs.start': 'asks',
  'runs.pause': because('it keeps users from being revoked'),
  'runs.continue': 'asks',
  'runs.cancel': because('it keeps users from being revoked, and who is left can be tried again'),
  'runs.resume': 'asks',
  'runs.close': 'asks',
  'runs.progress': READS,
  'runs.list': READS,
  'runs.timeline': READS,
  'runs.outcomes': READS,
  'runs.firstOutcomes': READS,
  'runs.packedOutcomes': READS,
  'runs.export': OWN_DIALOG,
  'runs.retryList': because('a list touches nobody until it is reviewed and agreed to'),
  'runs.verify': because('it reads, and adds a line to the evidence'),
  'runs.cancelVerify': because('it ends a reading'),
  'runs.verifications': READS,
  'runs.againList': because('a list touches nobody until it is reviewed and agreed to'),
  'runs.delete': 'asks',

  'keepOut.start': 'asks',
  'keepOut.resume': 'asks',
  'keepOut.stop': because('it keeps users from being revoked'),
  'keepOut.pause': because('it keeps users from being revoked'),
  'keepOut.continue': because('it goes on with what was agreed to, under the same sign-in'),
  'keepOut.list': READS,
  'keepOut.all': READS,

  'timeout.read': READS,
  'timeout.save': 'asks',
  'timeout.history': READS,
  'timeout.exportHistory': OWN_DIALOG,
  'timeout.user': READS,

  'users.find': READS,
  'groups.search': READS,
  'groups.byIds': READS,
  'groups.members': READS,
} as const satisfies Readonly<Record<CallName, 'asks' | Harmless>>;

export type AskingCall = {
  [K in CallName]: (typeof CONSENT)[K] extends 'asks' ? K : never;
}[CallName];

/** Whether main asks the person before it does what a call wants. */
export const needsConsent = (name: CallName): boolean => CONSENT[name] === 'asks';

/** One handler per call of the contract. A failure is thrown. */
export type Handlers = {
  readonly [K in CallName]: (
    input: CallInput<K>,
  ) => K extends AskingCall
    ? Promise<Asked<CallOutput<K>>> | Asked<CallOutput<K>>
    : Promise<CallOutput<K>> | CallOutput<K>;
};
