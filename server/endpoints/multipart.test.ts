import { describe, expect, test } from 'vitest'
import { type Admission, formOf } from './multipart.ts'

const limits = { bytes: 40_000_000, textBytes: 1000, parts: 16, photos: 2 }
const b = 'x'

function part(name: string, value: string, file?: string): string {
  return `--${b}\r\ncontent-disposition: form-data; name="${name}"${file === undefined ? '' : `; filename="${file}"`}\r\n\r\n${value}\r\n`
}

/** The body as a socket hands it over, counting how much of it was taken. */
function arriving(body: string, size = 65_536) {
  const whole = Buffer.from(body)
  const taken = { bytes: 0 }
  async function* chunks() {
    for (let at = 0; at < whole.length; at += size) {
      const chunk = whole.subarray(at, at + size)
      taken.bytes += chunk.length
      yield chunk
    }
  }
  return { chunks: chunks(), taken }
}

describe('a form of 850,000 empty parts', () => {
  test.for([
    ['without headers', `--${b}\r\n\r\n\r\n`],
    ['without anything', `--${b}\r\n`],
    ['with names', part('a', '')],
  ])('%s is read no further than its first piece', async ([, empty = '']) => {
    const { chunks, taken } = arriving(`${empty.repeat(850_000)}--${b}--\r\n`)
    await expect(formOf(chunks, b, limits)).rejects.toMatchObject({
      code: 'bad_input',
      words: 'the form may have at most 16 parts',
    })
    expect(taken.bytes).toBe(65_536)
  })
})

describe('a form', () => {
  const read = (body: string, size?: number) => formOf(arriving(body, size).chunks, b, limits)
  const end = `--${b}--\r\n`

  test('gives its fields and its files, in whatever pieces it arrives', async () => {
    const body = [
      part('service_code', 'GT-01'),
      part('description', 'Cây đổ phố Lò Đúc'),
      part('photo1', 'one', 'a.jpg'),
      part('photo2', 'two', 'b.jpg'),
      part('empty', '', ''),
    ].join('')
    for (const size of [1, 7, 65_536]) {
      const { fields, photos } = await read(body + end, size)
      expect([...fields]).toEqual([
        ['service_code', 'GT-01'],
        ['description', 'Cây đổ phố Lò Đúc'],
      ])
      expect(photos.map((photo) => Buffer.from(photo).toString())).toEqual(['one', 'two'])
    }
  })

  test('is refused beyond its photos, its text, its bytes, and where it ends early', async () => {
    const photo = part('photo', 'x', 'a.jpg')
    await expect(read(photo.repeat(3) + end)).rejects.toMatchObject({ code: 'too_many_photos', details: { most: 2 } })
    await expect(read(part('a', 'x'.repeat(1001)) + end)).rejects.toMatchObject({ code: 'body_too_large' })
    await expect(read(part('a', 'x'.repeat(600)).repeat(2) + end)).rejects.toMatchObject({ code: 'body_too_large' })
    await expect(read('{}')).rejects.toMatchObject({ words: 'the parts of the form cannot be read' })
    await expect(read(photo)).rejects.toMatchObject({ words: 'the parts of the form cannot be read' })
    const small = { ...limits, bytes: 100 }
    await expect(formOf(arriving(photo.repeat(2) + end).chunks, b, small)).rejects.toMatchObject({
      code: 'body_too_large',
    })
  })

  test('is kept beyond a size only once its sender is accepted', async () => {
    const body = part('api_key', 'k') + part('photo', 'x'.repeat(300_000), 'a.jpg') + part('description', 'late') + end
    const asked: string[] = []
    const admission: Admission = {
      afterBytes: 100_000,
      admit: async (fields) => void asked.push(fields.toString()),
    }
    const { photos } = await formOf(arriving(body).chunks, b, limits, admission)
    expect([asked, photos[0]?.length]).toEqual([['api_key=k'], 300_000])
    const { chunks, taken } = arriving(body)
    const refusing = { afterBytes: 100_000, admit: () => Promise.reject(new Error('nobody')) }
    await expect(formOf(chunks, b, limits, refusing)).rejects.toThrow('nobody')
    expect(taken.bytes).toBe(131_072)
  })
})
