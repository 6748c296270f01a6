namespace RadiogenomicsCloud.Radiomics.Morphology;

/// <summary>An ellipsoid by its semi-axes in mm, a ≥ b ≥ c ≥ 0.</summary>
internal readonly record struct Ellipsoid(double A, double B, double C)
{
    /// <summary>mm³.</summary>
    public double Volume => 4 * Math.PI / 3 * A * B * C;

    /// <summary>
    /// Surface area in mm² by the Legendre series of the IBSI reference manual (RDD2), with its 21 terms ν = 0..20. The product
    /// (αβ)^ν·P_ν is carried by its own recurrence, so that spheres and ellipsoids of revolution are no special case.
    /// Exact to 1e-6 where c/a ≥ 0.5; the cut series overestimates flat ones (by 1 % at c = 0).
    /// </summary>
    public double Area
    {
        get
        {
            if (B == 0)
                return 0;
            var alpha2 = 1 - (B * B / (A * A));
            var beta2 = 1 - (C * C / (A * A));
            var (x, product2) = ((alpha2 + beta2) / 2, alpha2 * beta2);
            double previous = 0, current = 1, sum = 0;
            for (var v = 0; v <= 20; v++)
            {
                sum += current / (1 - (4.0 * v * v));
                (previous, current) = (current, ((((2 * v) + 1) * x * current) - (v * product2 * previous)) / (v + 1));
            }
            return 4 * Math.PI * A * B * sum;
        }
    }
}
