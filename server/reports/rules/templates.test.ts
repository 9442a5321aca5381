import { describe, expect, test } from 'vitest'
import { hasGaps, renderTemplate, unknownVariables } from './templates.ts'

const values = {
  code: 'HN-240907-0113',
  title: 'Cây đổ chắn ngang đường',
  agency: 'UBND phường Hoàn Kiếm',
  address: '12 Hàng Bạc',
  due: '09/09/2024 17:00',
}

describe('a template', () => {
  test('has its variables filled in, however they are spaced', () => {
    expect(renderTemplate('Phản ánh {{code}} – {{ title }}, hạn {{due}}.', values)).toBe(
      'Phản ánh HN-240907-0113 – Cây đổ chắn ngang đường, hạn 09/09/2024 17:00.',
    )
  })

  test('keeps a gap visible where a value is missing', () => {
    const text = renderTemplate('Tại {{address}}: {{agency}}', { ...values, address: null, agency: '' })
    expect(text).toBe('Tại {{address}}: {{agency}}')
    expect(hasGaps(text)).toBe(true)
  })

  test('does not read a value for variables', () => {
    expect(renderTemplate('{{title}}', { ...values, title: '{{code}} $& $1' })).toBe('{{code}} $& $1')
  })

  test('leaves other braces alone', () => {
    expect(renderTemplate('{code} {{ma}} {{ }} }}{{', values)).toBe('{code} {{ma}} {{ }} }}{{')
  })

  test('names what is no variable, once each', () => {
    expect(unknownVariables('{{mã}} {{code}} {{ten}} {{mã}}')).toEqual(['mã', 'ten'])
    expect(unknownVariables('{{code}} {{title}} {{agency}} {{address}} {{due}}')).toEqual([])
  })
})
