using System.Globalization;
using System.Text.Json;
using RadiogenomicsCloud.Tests;

namespace RadiogenomicsCloud.Core.Tests.Statistics;

/// <summary>What <c>Data/measures/make.R</c> wrote, values each with the R call that gave it, and the data sets that they are of.</summary>
internal static class RData
{
    private static readonly Lazy<JsonDocument> Document = new(() => JsonDocument.Parse(File.ReadAllText(PathOf("expected.json"))));

    public static JsonElement Expected(string name) => Document.Value.RootElement.GetProperty(name).GetProperty("value");

    public static double[] Numbers(string name) => Numbers(Expected(name));

    public static double[] Numbers(string name, string member) => Numbers(Expected(name).GetProperty(member));

    /// <summary>Null is R's NA: NaN.</summary>
    public static double[] Numbers(JsonElement array) => array.ValueKind == JsonValueKind.Array
        ? [.. array.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.Null ? double.NaN : v.GetDouble())]
        : [array.GetDouble()];

    /// <summary>A matrix by columns.</summary>
    public static double[][] Columns(JsonElement matrix)
    {
        var rows = matrix.EnumerateArray().Select(Numbers).ToArray();
        return [.. Enumerable.Range(0, rows[0].Length).Select(c => rows.Select(r => r[c]).ToArray())];
    }

    /// <summary>Complete rows of the columns that <c>make.R</c> takes, status and sex from 0.</summary>
    public static Survivors Lung()
    {
        string[] columns = ["time", "status", "age", "sex", "ph.ecog", "ph.karno"];
        var all = Set("lung");
        int[] known = [.. Enumerable.Range(0, all["time"].Length).Where(i => !Array.Exists(columns, c => double.IsNaN(all[c][i])))];
        return new(columns.ToDictionary(c => c, c => known.Select(i => all[c][i] - (c is "status" or "sex" ? 1 : 0)).ToArray()));
    }

    public static Survivors Veteran() => new(Set("veteran"));

    public static Survivors Pbc() => new(Set("pbc"));

    /// <summary>The patients of tcga-lgg whose survival and age are known.</summary>
    public static Survivors Lgg()
    {
        var all = Table(ReferenceData.Require("tcga-lgg/clinical.csv"), "os_days", "death", "age_years");
        var known = Enumerable.Range(0, all["os_days"].Length)
            .Where(i => all["os_days"][i] > 0 && !double.IsNaN(all["death"][i]) && !double.IsNaN(all["age_years"][i])).ToArray();
        double[] Pick(string column) => [.. known.Select(i => all[column][i])];
        return new(new() { ["time"] = Pick("os_days"), ["status"] = Pick("death"), ["age"] = Pick("age_years") });
    }

    /// <summary>Numeric columns of a comma-separated file; a cell that is no number is NaN.</summary>
    public static Dictionary<string, double[]> Table(string path, params string[] needed)
    {
        var lines = File.ReadAllLines(path).Select(Cells).ToArray();
        var table = new Dictionary<string, double[]>(StringComparer.Ordinal);
        for (var c = 0; c < lines[0].Length; c++)
        {
            table[lines[0][c]] = [.. lines.Skip(1).Select(l =>
                double.TryParse(l[c], NumberStyles.Float, CultureInfo.InvariantCulture, out var v) ? v : double.NaN)];
        }
        Assert.All(needed, n => Assert.True(table.ContainsKey(n)));
        return table;
    }

    /// <summary>A data set of R, see <c>Data/sets/make.R</c>.</summary>
    private static Dictionary<string, double[]> Set(string name) => Table(Path.Combine(AppContext.BaseDirectory, "Data", "sets", name + ".csv"), "time", "status");

    public static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "Data", "measures", file);

    public static void Near(double expected, double actual, double relative = 1e-10)
    {
        if (double.IsNaN(expected))
            Assert.True(double.IsNaN(actual), $"{actual:R} is a number.");
        else
            Assert.True(Math.Abs(actual - expected) <= relative * Math.Max(1e-3, Math.Abs(expected)), $"{actual:R} is not {expected:R}.");
    }

    public static void Near(IReadOnlyList<double> expected, IReadOnlyList<double> actual, double relative = 1e-10)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++)
            Near(expected[i], actual[i], relative);
    }

    private static string[] Cells(string line)
    {
        var cells = new List<string> { "" };
        var quoted = false;
        foreach (var c in line)
        {
            if (c == '"')
                quoted = !quoted;
            else if (c == ',' && !quoted)
                cells.Add("");
            else
                cells[^1] += c;
        }
        return [.. cells];
    }
}

/// <summary>Rows with a time and a status, and further columns.</summary>
internal sealed class Survivors(Dictionary<string, double[]> columns)
{
    public double[] Times { get; } = columns["time"];

    public bool[] Events { get; } = [.. columns["status"].Select(s => s == 1)];

    public int[] Causes { get; } = [.. columns["status"].Select(s => (int)s)];

    public double[] this[string column] => columns[column];

    public int[] Groups(string column) => [.. columns[column].Select(v => (int)v)];
}
