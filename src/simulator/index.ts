export { startSimulator, type Simulator } from './simulator.ts';
export type { SimulatorOptions } from './options.ts';
export type { Fault } from './faults.ts';
export type { Ledger } from './ledger.ts';
export { DEMO_ORG } from './org/org.ts';
