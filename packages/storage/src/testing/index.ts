export {
  type SimulatedFault,
  type SimulatedJournal,
  type SimulatedJournalStore,
  createSimulatedJournalStore,
} from './simulated-journal-store.ts';
