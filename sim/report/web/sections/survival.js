import { curveFigures } from '../lib/curve_figures.js';

export const survival = () => curveFigures('survival')?.map((one) => one.element);
