import type { WayToAnswer } from '#components/reports/report/answer-draft.ts'

/** The procedure of each way to answer. */
export const answerCalls = {
  answer: 'answer',
  submit_answer: 'submitAnswer',
  follow_up: 'followUp',
  request_follow_up: 'requestFollowUp',
} as const satisfies Record<WayToAnswer, string>
