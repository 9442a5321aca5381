import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { withForm } from './form.ts'

const sending = (type: string, body: string) =>
  Object.assign(Readable.from([Buffer.from(body)], { objectMode: false }), {
    headers: { 'content-type': type },
  }) as unknown as IncomingMessage

const part = '--x\r\ncontent-disposition: form-data; name="say"\r\n\r\nadd\r\n'

test('parts are counted by the boundary that the header names, not by a parameter with a similar name', async () => {
  const many = `${part.repeat(20)}--x--\r\n`
  const reading = withForm(sending('multipart/form-data; xboundary=zzzz; boundary=x', many), 'a link', async () => 0)
  await expect(reading).rejects.toMatchObject({ code: 'bad_input', words: 'the form may have at most 16 parts' })
  const two = sending('multipart/form-data; boundary=zzzz; boundary=x', many)
  await expect(withForm(two, 'a link', async () => 0)).rejects.toMatchObject({ code: 'bad_input' })
  const fields = await withForm(
    sending('multipart/form-data; boundary=x', `${part}--x--\r\n`),
    'a link',
    async (form) => form.fields,
  )
  expect([...fields]).toEqual([['say', 'add']])
})
