export {
  type SimulatedFault,
  type SimulatedJournalStore,
  createSimulatedJournalStore,
} from './simulated-journal-store.ts';
