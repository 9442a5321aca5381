import { expect, onTestFinished, test } from 'vitest'
import { openSilentServer } from '#db/factories/silent-server.ts'
import { mailFailureOf, openPost, wasNotTaken } from './mail.ts'

const letter = {
  to: { name: 'Lan', address: 'lan@hanoi.gov.vn' },
  senderName: 'iHanoi Desk',
  subject: 'Thử',
  text: 'Thử',
  key: 'test-1',
  attachments: [],
}

test.for([
  ['never greets', '', true],
  ['greets and says nothing more', '220 mail.hanoi.gov.vn\r\n', false],
] as const)('a mail server that %s is given up, as one that is away', async ([, greeting, isSure]) => {
  const silent = await openSilentServer(greeting)
  onTestFinished(silent.close)
  const mail = { url: new URL(`smtp://127.0.0.1:${silent.port}`), from: 'desk@hanoi.gov.vn', domains: [] }
  const post = openPost(mail, { connectSeconds: 0.2, silenceSeconds: 0.3 })
  const failed = await post.send(letter).catch((error: unknown) => error)
  expect([mailFailureOf(failed), wasNotTaken(failed)]).toEqual(['unreachable', isSure])
  post.close()
})
