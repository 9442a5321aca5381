import { bulletinMetadata, bulletinPage } from '../../public-pages.tsx'

export const generateMetadata = bulletinMetadata('vi')
export default bulletinPage('vi')
