import { bulletinRoute } from '../../../public-routes.tsx'

export const GET = bulletinRoute('en')
