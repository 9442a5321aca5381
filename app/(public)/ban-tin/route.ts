import { listRoute } from '../public-routes.tsx'

export const GET = listRoute('vi')
