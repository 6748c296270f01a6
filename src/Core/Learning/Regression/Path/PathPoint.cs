namespace RadiogenomicsCloud.Learning;

/// <summary>One solution of a path, on the scale of the data as given.</summary>
/// <param name="Scores">One, or one a class of a multinomial regression.</param>
/// <param name="DevianceRatio">Share of the null deviance explained.</param>
internal sealed record PathPoint(double Lambda, ScorePoint[] Scores, double DevianceRatio);

/// <summary>A linear predictor.</summary>
/// <param name="Indexes">Columns with a non-zero coefficient, ascending.</param>
internal sealed record ScorePoint(double Intercept, int[] Indexes, double[] Coefficients);

/// <summary>A path of penalised regressions.</summary>
/// <param name="Converged">False where the passes were used up: the points are those before.</param>
internal sealed record PathFit(IReadOnlyList<PathPoint> Points, bool Converged);
