import type { Queue } from './queue.ts'

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] extends readonly (infer Item)[] ? Item[] : T[Key] }

/** The same queue for a procedure's input, whose type knows no readonly lists. */
export const mutable = (queue: Queue): Mutable<Queue> => queue as Mutable<Queue>
