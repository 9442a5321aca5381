export { noteDeparture as onRouterTransitionStart } from '#components/shell/departures.ts'
