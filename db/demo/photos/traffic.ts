import { ellipse, line, path, polygon, rect } from './ink.ts'

export function motorbike(colour = '#8c2f39'): string {
  return (
    ellipse(0, 4, 62, 8, '#00000030') +
    ellipse(-38, -18, 20, 20, '#25282a') +
    ellipse(40, -18, 20, 20, '#25282a') +
    ellipse(-38, -18, 9, 9, '#9aa0a3') +
    ellipse(40, -18, 9, 9, '#9aa0a3') +
    path('M-50 -44 L-8 -46 L4 -30 L26 -30 L34 -62 L46 -58 L48 -34 L30 -14 L-26 -14 L-46 -30 Z', colour) +
    rect(-46, -54, 44, 9, '#202225', 'rx="4"') +
    line([34, -62], [26, -76], '#333', 5) +
    line([20, -76], [38, -74], '#333', 4)
  )
}

export function car(colour = '#c9ccd0'): string {
  return (
    ellipse(0, 6, 150, 13, '#00000033') +
    path(
      'M-140 -4 Q-146 -44 -112 -50 L-74 -56 Q-52 -98 -10 -98 L44 -98 Q80 -94 102 -56 L128 -48 Q146 -42 142 -4 Z',
      colour,
    ) +
    path('M-62 -58 Q-44 -88 -12 -88 L0 -88 L0 -58 Z', '#35454f') +
    path('M10 -58 L10 -88 L42 -88 Q66 -84 84 -58 Z', '#35454f') +
    ellipse(-82, -4, 27, 27, '#24272a') +
    ellipse(88, -4, 27, 27, '#24272a') +
    ellipse(-82, -4, 13, 13, '#a7acb0') +
    ellipse(88, -4, 13, 13, '#a7acb0') +
    rect(126, -40, 14, 12, '#f5e3a3') +
    rect(-142, -38, 10, 14, '#b5483f')
  )
}

export function bus(): string {
  let parts =
    ellipse(0, 6, 220, 14, '#00000033') +
    rect(-210, -170, 420, 160, '#c8402f', 'rx="14"') +
    rect(-210, -70, 420, 18, '#f2c64b')
  for (let i = 0; i < 6; i += 1) parts += rect(-196 + i * 66, -156, 58, 74, '#2f3f49', 'rx="5"')
  return (
    parts +
    ellipse(-130, -8, 30, 30, '#24272a') +
    ellipse(140, -8, 30, 30, '#24272a') +
    ellipse(-130, -8, 14, 14, '#a7acb0') +
    ellipse(140, -8, 14, 14, '#a7acb0')
  )
}

export function person(shirt: string, hat = true): string {
  return (
    ellipse(0, 2, 20, 4, '#00000033') +
    rect(-10, -44, 9, 44, '#2f3640') +
    rect(1, -44, 9, 44, '#2f3640') +
    path('M-16 -44 L-14 -88 Q0 -98 14 -88 L16 -44 Z', shirt) +
    line([-15, -84], [-24, -50], shirt, 7) +
    line([15, -84], [24, -50], shirt, 7) +
    ellipse(0, -106, 11, 13, '#c99a76') +
    (hat
      ? polygon(
          [
            [-26, -106],
            [0, -128],
            [26, -106],
          ],
          '#d9c48a',
        )
      : path('M-11 -108 Q0 -128 11 -108 Z', '#26221f'))
  )
}

export function worker(): string {
  return `${person('#e07b2c', false)}${path('M-13 -108 Q0 -130 13 -108 Z', '#f2c64b')}${rect(-16, -74, 32, 5, '#f3efb2')}`
}
