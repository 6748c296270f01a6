using System.Globalization;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Core.Tests.Learning;

/// <summary>A simulated data set and the path that glmnet computes on it: see <c>Data/glmnet/make.R</c>.</summary>
internal sealed class GlmnetCase
{
    private GlmnetCase(string name, string alpha)
    {
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Data", "glmnet", $"{name}.data.csv"));
        var columns = lines[0].Split(',').Length - 2;
        RowCount = lines.Length - 1;
        Outcome = new bool[RowCount];
        Weights = new double[RowCount];
        ColumnMajor = new double[RowCount * columns];
        for (var r = 0; r < RowCount; r++)
        {
            var cells = lines[r + 1].Split(',').Select(c => double.Parse(c, CultureInfo.InvariantCulture)).ToArray();
            Outcome[r] = cells[0] == 1;
            Weights[r] = cells[1];
            for (var c = 0; c < columns; c++)
                ColumnMajor[(c * RowCount) + r] = cells[c + 2];
        }
        Alpha = double.Parse(alpha, CultureInfo.InvariantCulture);
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "glmnet", $"{name}.alpha{alpha}.csv")))
        {
            var cells = line.Split(',');
            var value = double.Parse(cells[2], CultureInfo.InvariantCulture);
            if (cells[0] == "steps")
                StepCount = (int)value;
            else
                Expected.Add((int.Parse(cells[0], CultureInfo.InvariantCulture) - 1, cells[1], value));
        }
    }

    public double Alpha { get; }

    public int RowCount { get; }

    public double[] ColumnMajor { get; }

    public bool[] Outcome { get; }

    public double[] Weights { get; }

    public int StepCount { get; }

    /// <summary>Step of the path from 0; <c>lambda</c>, <c>dev</c>, <c>intercept</c> or a column <c>x1</c>…; value. Zero coefficients are absent.</summary>
    public List<(int Step, string Name, double Value)> Expected { get; } = [];

    public Predictors Predictors => new(
        [.. Enumerable.Range(0, RowCount).Select(r => new RowId("sim", $"p{r}", $"p{r}"))],
        [.. Enumerable.Range(1, ColumnMajor.Length / RowCount).Select(c => $"x{c}")],
        ColumnMajor);

    public static GlmnetCase Read(string name, string alpha) => new(name, alpha);
}
