// @ts-check
// Loaded into main before the app itself (`electron -r`), by tests alone. The demo organisation lives inside main: what
// it is asked and answers is written here, a line of JSON each, for the judge in the test's own process.
const { subscribe } = require('node:diagnostics_channel');
const { appendFileSync } = require('node:fs');

const file = process.env.TOKENDESK_TEST_EXCHANGES;
if (file === undefined) throw new Error('TOKENDESK_TEST_EXCHANGES must name a file.');
subscribe('tokendesk:simulator:exchange', (exchange) => {
  appendFileSync(file, `${JSON.stringify(exchange)}\n`);
});
