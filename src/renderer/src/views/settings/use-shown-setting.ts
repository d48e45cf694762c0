import { nextTick, watch } from 'vue';
import { useNavigationStore } from '../../stores/navigation.ts';

const CONTROLS = ':is(input, select, button, textarea, summary, [tabindex="0"]):not(:disabled)';

/** Goes to the setting that was asked for: in sight, and its first control, or its heading, has the focus. */
export function useShownSetting(): void {
  const navigation = useNavigationStore();
  watch(
    () => navigation.setting,
    async (id) => {
      if (id === null) return;
      // After the view's own heading has taken the focus, when the view has just opened.
      await nextTick();
      navigation.setting = null;
      const place = document.querySelector<HTMLElement>(`[data-setting="${id}"]`);
      if (!place) return;
      place.scrollIntoView({ block: 'start' });
      // Not what belongs to a setting inside this one.
      const controls = [...place.querySelectorAll<HTMLElement>(CONTROLS)].filter(
        (control) => control.closest('[data-setting]') === place,
      );
      const target =
        controls.find((control) => control.matches(':checked')) ??
        controls[0] ??
        place.querySelector<HTMLElement>('h2');
      if (target?.matches('h2')) target.tabIndex = -1;
      target?.focus();
    },
    { immediate: true },
  );
}
