import { expect, test } from 'vitest'
import { isPhotoType, photoKeys } from './photo.ts'

test('the original is stored separately from the copies, with its own file extension', () => {
  expect(photoKeys('abcd', 'image/png')).toEqual({
    thumb: 'thumb/ab/abcd.jpg',
    public: 'public/ab/abcd.jpg',
    original: 'original/ab/abcd.png',
  })
})

test.each(['image/svg+xml', 'application/pdf', 'text/html', 'image/gif', 'toString'])('%s is no photo', (mime) => {
  expect(isPhotoType(mime)).toBe(false)
})
