import { disableAutoUnmount, enableAutoUnmount } from '@vue/test-utils';
import { afterEach } from 'vitest';

// What a test has mounted is gone after it, with its timers: the files of tests share their modules (vitest.config.ts).
disableAutoUnmount();
enableAutoUnmount(afterEach);
