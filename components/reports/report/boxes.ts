/** The two boxes to write in, fetched as one. */
export { AnswerBox } from './AnswerBox.tsx'
export { NoteBox } from './NoteBox.tsx'
