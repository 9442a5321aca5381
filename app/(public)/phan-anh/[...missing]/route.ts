import { refusedRoute } from '../citizen-routes.tsx'

export const GET = refusedRoute
