/** Makes ids. Seeded in a simulation, random in the world. */
export type IdGenerator = () => string;
