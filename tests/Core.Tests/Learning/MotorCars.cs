using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Core.Tests.Learning;

/// <summary>R's <c>mtcars</c>: 32 cars.</summary>
internal static class MotorCars
{
    private static readonly RFrame Cars = RFrame.OfR("mtcars");

    public static readonly double[] Mpg = Cars.Numbers("mpg");
    public static readonly double[] Cylinders = Cars.Numbers("cyl");
    public static readonly double[] Displacement = Cars.Numbers("disp");
    public static readonly double[] Power = Cars.Numbers("hp");
    public static readonly double[] AxleRatio = Cars.Numbers("drat");
    public static readonly double[] Weight = Cars.Numbers("wt");
    public static readonly double[] QuarterMile = Cars.Numbers("qsec");
    public static readonly double[] Gears = Cars.Numbers("gear");
    public static readonly double[] Carburettors = Cars.Numbers("carb");

    /// <summary><c>mtcars[, c("mpg", "disp", "hp", "drat", "wt", "qsec")]</c>.</summary>
    public static Predictors Six => Table(["mpg", "disp", "hp", "drat", "wt", "qsec"], Mpg, Displacement, Power, AxleRatio, Weight, QuarterMile);

    public static Predictors Table(string[] names, params double[][] columns) =>
        new([.. Enumerable.Range(0, columns[0].Length).Select(TestTables.Row)], names, [.. columns.SelectMany(c => c)]);

    /// <summary>The site of each car is <c>s</c> and its number of gears.</summary>
    public static Predictors WithSites(this Predictors predictors) => new(predictors.Rows, predictors.Columns, predictors.All.ToArray())
    {
        Attributes = new Dictionary<string, IReadOnlyList<string?>> { ["site"] = [.. Gears.Select(g => FormattableString.Invariant($"s{g}"))] },
    };
}
