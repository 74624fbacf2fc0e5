export { type MemoryJournal, createMemoryJournal } from './memory-journal.ts';
