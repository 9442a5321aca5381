import type { Random } from '../random.ts'
import { blob, ellipse, glow, hang, type Point, path, polygon, rect } from './ink.ts'

export function cone(): string {
  return (
    ellipse(0, 2, 24, 5, '#00000033') +
    rect(-22, -6, 44, 7, '#c2541f') +
    polygon(
      [
        [-15, -6],
        [15, -6],
        [5, -58],
        [-5, -58],
      ],
      '#e86a2a',
    ) +
    polygon(
      [
        [-11, -20],
        [11, -20],
        [8, -33],
        [-8, -33],
      ],
      '#f5f2ea',
    )
  )
}

/** A barrier with red and white stripes. */
export function barrier(wide = 160): string {
  let parts =
    rect(-wide / 2, -8, 8, 12, '#777') +
    rect(wide / 2 - 8, -8, 8, 12, '#777') +
    rect(-wide / 2 + 2, -56, 5, 52, '#888') +
    rect(wide / 2 - 8, -56, 5, 52, '#888') +
    rect(-wide / 2, -60, wide, 22, '#f4f1ea')
  for (let x = -wide / 2; x < wide / 2 - 10; x += 36)
    parts += polygon(
      [
        [x, -38],
        [x + 14, -60],
        [Math.min(x + 32, wide / 2), -60],
        [Math.min(x + 18, wide / 2), -38],
      ],
      '#cc3b33',
    )
  return parts
}

export function lampPost(tall = 380): string {
  return (
    rect(-5, -tall, 10, tall, '#7f868a') +
    rect(-9, -26, 18, 26, '#6b7175') +
    path(`M0 ${-tall} q6 -26 60 -26`, 'none', 'stroke="#7f868a" stroke-width="7"') +
    rect(52, -tall - 34, 46, 12, '#5a6064', 'rx="5"')
  )
}

export function pole(random: Random, tall = 420, cables = 16, toX = 520): string {
  let parts =
    rect(-10, -tall, 20, tall, '#9b958a') +
    rect(-46, -tall + 26, 92, 9, '#6d675e') +
    rect(-38, -tall + 60, 76, 8, '#6d675e')
  for (let i = 0; i < cables; i += 1)
    parts += hang(
      [random.between(-40, 40), -tall + random.between(24, 80)],
      [toX + random.between(-20, 20), -tall + random.between(10, 90)],
      random.between(10, 70),
      '#22252a',
      random.between(1.6, 3.4),
    )
  return parts
}

export function trafficLight(lit: 'off' | 'red' | 'green'): { scene: string; shine: string } {
  const scene =
    rect(-6, -330, 12, 330, '#6f767a') +
    rect(-34, -450, 68, 130, '#23272a', 'rx="10"') +
    [0, 1, 2].map((i) => ellipse(0, -428 + i * 42, 16, 16, '#3a3f43')).join('')
  const at: Point = lit === 'red' ? [0, -428] : [0, -344]
  return {
    scene,
    shine:
      lit === 'off'
        ? ''
        : ellipse(at[0], at[1], 15, 15, lit === 'red' ? '#f05545' : '#58d68d') +
          glow(at, 60, lit === 'red' ? '#f05545' : '#58d68d'),
  }
}

export function busShelter(random: Random, broken: boolean): string {
  let parts =
    ellipse(0, 4, 220, 10, '#00000030') +
    rect(-200, -210, 400, 16, '#3d7f9b') +
    rect(-190, -196, 8, 196, '#7f868a') +
    rect(182, -196, 8, 196, '#7f868a') +
    rect(-150, -60, 300, 12, '#8c6a48') +
    rect(-140, -48, 8, 48, '#666') +
    rect(132, -48, 8, 48, '#666')
  parts +=
    rect(-176, -186, 116, 120, '#cfe2ea', 'opacity="0.7"') +
    rect(-56, -186, 112, 120, '#cfe2ea', `opacity="${broken ? 0 : 0.7}"`) +
    rect(60, -186, 116, 120, '#cfe2ea', 'opacity="0.7"')
  if (!broken) return parts + rect(-30, -176, 60, 84, '#e9eef0') + rect(-22, -166, 44, 6, '#3d7f9b')
  parts +=
    polygon(
      [
        [-56, -66],
        [-30, -66],
        [-44, -110],
      ],
      '#cfe2ea',
      'opacity="0.8"',
    ) +
    polygon(
      [
        [56, -186],
        [10, -186],
        [50, -140],
      ],
      '#cfe2ea',
      'opacity="0.8"',
    )
  for (let i = 0; i < 26; i += 1) {
    const [x, y] = [random.between(-110, 130), random.between(-6, 24)]
    parts += polygon(
      [
        [x, y],
        [x + random.between(6, 16), y + 3],
        [x + 4, y + random.between(4, 9)],
      ],
      '#d9ecf3',
    )
  }
  return parts
}

export function stall(random: Random): string {
  const roof = random.pick(['#b5483f', '#2f6d8c', '#4b7f52', '#c98b2d'])
  let parts =
    ellipse(0, 4, 110, 10, '#00000030') +
    rect(-80, -150, 5, 150, '#777') +
    rect(76, -150, 5, 150, '#777') +
    polygon(
      [
        [-106, -140],
        [0, -196],
        [106, -140],
      ],
      roof,
    ) +
    polygon(
      [
        [-30, -156],
        [0, -196],
        [30, -156],
        [24, -140],
        [-24, -140],
      ],
      '#ffffff44',
    ) +
    rect(-86, -64, 172, 60, '#a98358')
  for (let i = 0; i < 16; i += 1)
    parts += blob(
      random,
      [random.between(-76, 76), random.between(-80, -66)],
      13,
      9,
      random.pick(['#5f8b50', '#d9663b', '#e3c04d', '#b5483f', '#7fa653']),
    )
  return parts
}

export function tableSet(random: Random): string {
  const colour = random.pick(['#3e6aa0', '#b5483f', '#4b7f52'])
  return (
    ellipse(0, 2, 60, 8, '#00000030') +
    rect(-34, -40, 68, 7, '#9aa7ad') +
    rect(-24, -34, 5, 34, '#777') +
    rect(20, -34, 5, 34, '#777') +
    rect(-66, -22, 24, 5, colour) +
    rect(-64, -18, 4, 18, colour) +
    rect(-46, -18, 4, 18, colour) +
    rect(44, -22, 24, 5, colour) +
    rect(46, -18, 4, 18, colour) +
    rect(62, -18, 4, 18, colour)
  )
}
