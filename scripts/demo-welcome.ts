const password = 'chamketnoi-2024'

const accounts = [
  ['dieuphoi', 'city dispatcher'],
  ['canbo.hoankiem', 'officer, phường Hoàn Kiếm'],
  ['lanhdao.hoankiem', 'approver, phường Hoàn Kiếm'],
  ['canbo.cayxanh', 'officer, tree company'],
  ['lanhdao.tp', 'city manager'],
  ['bientap', 'editor'],
  ['tongbientap', 'chief editor'],
  ['quantri', 'administrator'],
  ['kiemtra', 'auditor'],
  ['hailop', 'administrator with a second factor; the page shows the code'],
] as const

/** The welcome text once the desk runs: its address and the demo accounts. */
export function demoWelcome(url: string, milliseconds: number): string {
  const rows = accounts.map(([username, role]) => `    ${username.padEnd(18)} ${role}`)
  return `
  iHanoi Desk is ready at ${url} (${(milliseconds / 1000).toFixed(1)} s)

  Demo accounts, password ${password}:
${rows.join('\n')}

  Ctrl-C stops the desk and its database; the data is kept.
`
}
