/** electron-vite builds the module on its own and says where it lies (https://electron-vite.org/guide/dev#worker-threads). */
declare module '*?modulePath' {
  const path: string;
  export default path;
}
