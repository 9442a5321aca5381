import { citizenRoute } from '../citizen-routes.tsx'

export const GET = citizenRoute
