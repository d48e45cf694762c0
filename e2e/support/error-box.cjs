// @ts-check
// Loaded into main before the app itself (`electron -r`), by tests alone: writes down what a box that only names an error
// would say, since nobody is there to close it.
const { appendFileSync } = require('node:fs');
const { dialog } = require('electron');

dialog.showErrorBox = (title, content) => {
  appendFileSync(process.env['TOKENDESK_TEST_ERROR_BOX'] ?? '', `${JSON.stringify({ title, content })}\n`);
};
