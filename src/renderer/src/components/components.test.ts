import { mount } from '@vue/test-utils';
import { TooltipProvider } from 'reka-ui';
import { describe, expect, it, vi } from 'vitest';
import { h, nextTick } from 'vue';
import AppButton from './AppButton.vue';
import AppTooltip from './AppTooltip.vue';
import ConfirmDialog from './ConfirmDialog.vue';
import ErrorPanel from './ErrorPanel.vue';
import KeyValueList from './KeyValueList.vue';
import ProgressBar from './ProgressBar.vue';
import { scaleFor } from './time-scale.ts';

describe('AppButton', () => {
  it('ignores presses while it is busy, and keeps the focus', async () => {
    const onClick = vi.fn();
    const button = mount(AppButton, { props: { busy: true, onClick }, slots: { default: 'Save' } });
    await button.trigger('click');
    expect(onClick).not.toHaveBeenCalled();
    expect(button.attributes('disabled')).toBeUndefined();
    await button.setProps({ busy: false });
    await button.trigger('click');
    expect(onClick).toHaveBeenCalledTimes(1);
  });

  it('takes a press in the millisecond in which it appeared', () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const onClick = vi.fn();
      const button = mount(AppButton, { props: { onClick }, slots: { default: 'Save' } });
      (button.element as HTMLButtonElement).click();
      expect(onClick).toHaveBeenCalledTimes(1);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('AppTooltip', () => {
  it('is there while its button has the focus, describes it, and is nothing before and after', async () => {
    const tooltip = () => document.querySelector('[role=tooltip]');
    const shown = mount(TooltipProvider, {
      attachTo: document.body,
      slots: { default: () => h(AppTooltip, { text: 'Find a command' }, () => h('button', 'Commands')) },
    });
    const button = shown.get('button');
    expect(tooltip()).toBeNull();
    await button.trigger('focus');
    await vi.waitFor(() => expect(tooltip()?.textContent).toContain('Find a command'));
    expect(button.attributes('aria-describedby')).toBe(tooltip()?.id);
    await button.trigger('blur');
    await vi.waitFor(() => expect(tooltip()).toBeNull());
    expect(document.querySelector('.tooltip')).toBeNull();
    shown.unmount();
  });
});

describe('ConfirmDialog', () => {
  const open = async (typed: string) => {
    const onConfirm = vi.fn();
    mount(ConfirmDialog, {
      attachTo: document.body,
      props: {
        open: true,
        title: 'Revoke?',
        description: 'It cannot be undone.',
        confirmLabel: 'Revoke 3 users',
        typed,
        onConfirm,
      },
    });
    await nextTick();
    await nextTick();
    const button = (name: string) =>
      [...document.querySelectorAll('button')].find(({ textContent }) => textContent.trim() === name);
    return { onConfirm, button };
  };
  const submit = () =>
    document.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));

  it('gives Cancel the focus', async () => {
    const { button } = await open('');
    expect(document.activeElement).toBe(button('Cancel'));
  });

  it('does nothing until exactly the words are typed', async () => {
    const { onConfirm, button } = await open('revoke 3');
    expect(button('Revoke 3 users')?.disabled).toBe(true);
    submit();
    expect(onConfirm).not.toHaveBeenCalled();
    const input = document.querySelector('input');
    if (input) input.value = 'revoke 3';
    input?.dispatchEvent(new Event('input'));
    await nextTick();
    expect(button('Revoke 3 users')?.disabled).toBe(false);
    submit();
    expect(onConfirm).toHaveBeenCalledWith('revoke 3');
  });
});

describe('ErrorPanel', () => {
  it('says what happened, what it means and what to do, with details for support', () => {
    const panel = mount(TooltipProvider, {
      slots: {
        default: () =>
          h(ErrorPanel, {
            error: {
              code: 'forbidden',
              message: 'No permission',
              details: { method: 'DELETE', path: '/api/v2/tokens/1', status: 403, correlationId: 'corr-1' },
            },
          }),
      },
    });
    expect(panel.get('[role=alert]').text()).toContain('You are not allowed to do this');
    expect(panel.text()).toContain('DELETE /api/v2/tokens/1');
    expect(panel.text()).toContain('corr-1');
    expect(panel.text()).not.toContain('Context id');
  });
});

describe('KeyValueList', () => {
  it('says "not given" where the API gave nothing', () => {
    const list = mount(KeyValueList, { props: { entries: [{ name: 'Title', value: null }] } });
    expect(list.get('dd').text()).toContain('not given');
  });
});

describe('ProgressBar', () => {
  it('tells no value while none is known', () => {
    const bar = mount(ProgressBar, { props: { label: 'Reading' } });
    expect(bar.attributes('aria-valuenow')).toBeUndefined();
  });
});

describe('scaleFor', () => {
  it.each([
    [1, 300],
    [1800, 1800],
    [1801, 3600],
    [172_800, 172_800],
    [999_999, 172_800],
  ])('%d s is shown on a ruler of %d s', (seconds, length) => {
    expect(scaleFor(seconds).seconds).toBe(length);
  });
});
