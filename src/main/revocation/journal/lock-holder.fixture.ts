import { lockFolder } from './lock.ts';

// Another process of the app that holds a lock, for lock.exploit.test.ts: until it is told to give it up, or killed.
const release = await lockFolder(process.argv[2] ?? '');
process.stdout.write('held\n');
process.stdin.once('data', () => void release().then(() => process.exit(0)));
