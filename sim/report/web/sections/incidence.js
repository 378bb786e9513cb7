import { curveFigures } from '../lib/curve_figures.js';

export const incidence = () => curveFigures('incidence')?.map((one) => one.element);
