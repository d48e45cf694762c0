/** For tools that do not read .vue files themselves, like eslint's; vue-tsc knows the real types. */
declare module '*.vue' {
  import type { Component } from 'vue';
  const component: Component;
  export default component;
}
