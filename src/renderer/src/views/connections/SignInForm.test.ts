import { flushPromises, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { TooltipProvider } from 'reka-ui';
import { describe, expect, it, vi } from 'vitest';
import { h } from 'vue';
import type { AppSnapshot } from '../../../../shared/app.ts';
import { failed, ok } from '../../../../shared/result.ts';
import { useAppStore } from '../../stores/app.ts';
import { installFakeBridge, type Answers } from '../../testing/fake-bridge.ts';
import { sampleSession, sampleSnapshot } from '../../testing/samples.ts';
import SignInForm from './SignInForm.vue';

const show = async (answers: Answers, snapshot: AppSnapshot = sampleSnapshot) => {
  setActivePinia(createPinia());
  const bridge = installFakeBridge({ 'app.snapshot': () => ok(snapshot), ...answers });
  await useAppStore().load();
  const signedIn = vi.fn();
  const page = mount(TooltipProvider, {
    slots: { default: () => h(SignInForm, { onSignedIn: signedIn }) },
  });
  return { bridge, page, signedIn };
};
type Page = Awaited<ReturnType<typeof show>>['page'];
const fill = async (page: Page) => {
  await page.get('input.mono').setValue('client-1');
  await page.get('input[type=password]').setValue('s3cret');
  await page.get('form').trigger('submit');
  await flushPromises();
};
const secretField = (page: Page) => page.get<HTMLInputElement>('input[type=password]').element.value;

describe('SignInForm', () => {
  it('clears the secret the moment it is sent, also when signing in fails, and shows why', async () => {
    const { page, bridge, signedIn } = await show({
      'connections.signIn': () => failed({ code: 'wrong-credentials', message: 'invalid_client' }),
    });
    await fill(page);
    expect(bridge.calls.at(-1)?.input).toMatchObject({ clientSecret: { from: 'typed', value: 's3cret' } });
    expect(secretField(page)).toBe('');
    expect(page.html()).not.toContain('s3cret');
    const field = page.get('input[type=password]');
    expect(field.attributes('aria-invalid')).toBe('true');
    const told = page.get(`#${field.attributes('aria-describedby')?.split(' ').at(-1) ?? ''}`);
    expect(told.text()).toContain('These credentials were not accepted in US East (N. Virginia)');
    expect(signedIn).not.toHaveBeenCalled();
  });

  it('shows what is no field’s fault beside the button', async () => {
    const { page } = await show({ 'connections.signIn': () => failed({ code: 'offline', message: 'down' }) });
    await fill(page);
    expect(page.get('.sign-in-actions').text()).toContain('Genesys Cloud cannot be reached');
  });

  it('takes the region from an address of Genesys Cloud, and says when there is none in it', async () => {
    const { page, bridge } = await show({ 'connections.signIn': () => ok(sampleSession) });
    const address = page.get('input[placeholder^="https://apps"]');
    await address.setValue('https://intranet.example.com/');
    expect(page.text()).toContain('names no host of Genesys Cloud');
    await address.setValue('https://apps.mypurecloud.com.au/directory/#/admin');
    expect(page.text()).toContain('Chosen: Sydney');
    await fill(page);
    expect(bridge.calls.at(-1)?.input).toMatchObject({ region: { kind: 'genesys', id: 'ap-southeast-2' } });
  });

  it('says when it is done', async () => {
    const { page, signedIn } = await show({ 'connections.signIn': () => ok(sampleSession) });
    await fill(page);
    expect(signedIn).toHaveBeenCalledTimes(1);
  });

  it('sends nothing while a field is empty', async () => {
    const { page, bridge } = await show({});
    await page.get('form').trigger('submit');
    expect(bridge.calls.map(({ name }) => name)).not.toContain('connections.signIn');
    expect(page.text()).toContain('Enter the client id.');
  });

  it('keeps secrets for this session only where there is no keychain, and says why', async () => {
    const { page, bridge } = await show(
      { 'connections.signIn': () => ok(sampleSession) },
      { ...sampleSnapshot, keychain: { kind: 'unavailable', reason: 'locked', message: '' } },
    );
    expect(page.text()).toContain('The keychain is locked.');
    await fill(page);
    expect(bridge.calls.at(-1)?.input).toMatchObject({ remember: false });
  });
});
