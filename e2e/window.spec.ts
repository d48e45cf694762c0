import { expect, takeProblems, test, type RunningApp } from './support/app.ts';
import { answerMessageBoxes, questionsAsked } from './support/dialogs.ts';
import {
  fillConfirmation,
  ordinaryUsers,
  pasteAndReview,
  revokeButton,
  revokedCount,
} from './support/revocation.ts';
import { showView, signInWithClient } from './support/window.ts';

/** What main says in boxes that only name an error, and the code it would exit with. */
const catchErrorBoxes = ({ electron }: RunningApp): Promise<void> =>
  electron.evaluate(({ dialog }) => {
    const said: string[] = [];
    Object.assign(globalThis, { said });
    dialog.showErrorBox = (title: string, content: string) => {
      said.push(`${title}: ${content}`);
    };
  });

const isVisible = ({ electron }: RunningApp): Promise<boolean> =>
  electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() ?? false);

test.describe('a window that has trouble', () => {
  /** As on Wayland, where a system does not say when the window is ready. */
  const env = { CHROMIUM_ELECTRON_READY_TO_SHOW: 'never' };

  test('is shown all the same, is told about, comes back, and ends what cannot go on', async ({ launch }) => {
    const app = await launch({ env });

    await test.step('nobody says that it is ready: it is shown, and a second start shows a hidden one', async () => {
      await expect.poll(() => isVisible(app)).toBe(true);
      const raised = await app.electron.evaluate(({ app: electron, BrowserWindow }) => {
        const [window] = BrowserWindow.getAllWindows();
        const done: string[] = [];
        if (window) {
          window.show = () => void done.push('show');
          window.focus = () => void done.push('focus');
        }
        electron.emit('second-instance', {}, [], '');
        return done;
      });
      expect(raised).toEqual(['show', 'focus']);
    });

    await test.step('a promise that fails and nobody caught asks, and the app goes on', async () => {
      await answerMessageBoxes(app.electron, 0);
      await app.electron.evaluate(() => {
        void Promise.reject(new Error('the disk went away'));
      });
      await expect.poll(() => questionsAsked(app.electron)).toHaveLength(1);
      const [question] = await questionsAsked(app.electron);
      expect(question?.message).toBe('Something failed that Tokendesk did not expect.');
      expect(question?.detail).toContain('the disk went away');
      expect(question?.buttons).toEqual(['Go on', 'Close Tokendesk']);
      // It went on.
      await showView(app.page, 'Settings');
    });

    await test.step('a page whose process is gone is loaded anew, and its calls are answered', async () => {
      await app.electron.evaluate(({ BrowserWindow }) => {
        BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
      });
      const works = (): Promise<unknown> =>
        app.electron
          .evaluate(({ BrowserWindow }) =>
            BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
              "document.querySelector('#main') !== null && window.tokendesk.call['app.snapshot'](null).then(({ ok }) => ok)",
            ),
          )
          .catch(() => 'gone'); // it was asked in the moment of the crash
      await expect.poll(works).toBe(true);
      takeProblems();
    });

    await test.step('a page that cannot be loaded is said, and the app ends', async () => {
      await catchErrorBoxes(app);
      const code = app.electron.evaluate(({ BrowserWindow, app: electron }) => {
        return new Promise<number | undefined>((resolve) => {
          electron.exit = resolve;
          const contents = BrowserWindow.getAllWindows()[0]?.webContents;
          contents?.emit('did-fail-load', {}, -6, 'ERR_FILE_NOT_FOUND', 'app://bundle/index.html', true);
        });
      });
      expect(await code).toBe(1);
      const said = await app.electron.evaluate(() => (globalThis as unknown as { said: string[] }).said);
      expect(said[0]).toContain('The window’s page could not be loaded (ERR_FILE_NOT_FOUND).');
    });

    await test.step('an exception that nobody caught is said, and the app ends', async () => {
      await catchErrorBoxes(app);
      await app.electron.evaluate(({ app: electron }) => {
        electron.exit = (code) => {
          Object.assign(globalThis, { exited: code });
        };
        setTimeout(() => {
          throw new Error('nobody catches this');
        }, 0);
      });
      const seen = () =>
        app.electron.evaluate(() => {
          const { said, exited } = globalThis as unknown as { said: string[]; exited?: number };
          return { said, exited };
        });
      await expect.poll(async () => (await seen()).exited).toBe(1);
      expect((await seen()).said).toEqual([
        expect.stringMatching(
          /^Tokendesk has to close: nobody catches this\n\nA revocation that was going on can be resumed/,
        ),
      ]);
    });
  });
});

test.describe('the system shuts down in the middle of a run', () => {
  test.use({ simulatorOptions: { limit: 3000, latency: [20, 60] } });

  test('the run stops without a question, and can be resumed', async ({ launch, simulator }) => {
    const app = await launch({ simulator });
    await signInWithClient(app.page, simulator, { label: 'Night watch', remember: true });
    await answerMessageBoxes(app.electron, 1);
    await pasteAndReview(app.page, ordinaryUsers(simulator, 300).join('\n'));
    await fillConfirmation(app.page, 'Shut down');
    await revokeButton(app.page).click();
    await expect.poll(() => revokedCount(simulator)).toBeGreaterThan(5);
    // A question would be answered with “Keep running”, and the app would not end.
    await answerMessageBoxes(app.electron, 0);
    await app.electron.evaluate(({ powerMonitor }) => {
      powerMonitor.emit('shutdown', { preventDefault: () => undefined });
    });
    await app.ended;
    const next = await launch({ simulator });
    await showView(next.page, 'Runs');
    await expect(next.page.getByText(/interrupted/i).first()).toBeVisible();
  });
});
