export { startSimulator, type Simulator } from './simulator.ts';
export type { SimulatorOptions } from './options.ts';
export type { Ledger } from './ledger.ts';
