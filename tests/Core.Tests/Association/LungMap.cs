using System.Globalization;
using RadiogenomicsCloud.Association;

namespace RadiogenomicsCloud.Core.Tests.Association;

/// <summary>The 44 patients of nsclc: radiomics against expression.</summary>
internal static class LungMap
{
    public static (FeatureBlock Imaging, FeatureBlock Molecular) Read(string radiomics, string expressions)
    {
        var (names, rows) = ReadFile(radiomics);
        var (genes, expression) = ReadFile(expressions);
        string[] cases = [.. rows.Keys.Order(StringComparer.Ordinal)];
        return (Block(cases, names, rows, "ct"), Block(cases, genes, expression, "expression"));
    }

    public static FeatureBlock Permuted(FeatureBlock block, int[] source)
    {
        var values = new double[block.Cases * block.Columns.Count];
        for (var c = 0; c < block.Columns.Count; c++)
        {
            for (var i = 0; i < block.Cases; i++)
                values[(c * block.Cases) + i] = block.Column(c)[source[i]];
        }
        return new(block.Cases, block.Columns, values);
    }

    private static FeatureBlock Block(string[] cases, string[] names, Dictionary<string, double[]> rows, string source)
    {
        var values = new double[cases.Length * names.Length];
        for (var c = 0; c < names.Length; c++)
        {
            for (var i = 0; i < cases.Length; i++)
                values[(c * cases.Length) + i] = rows[cases[i]][c];
        }
        return new(cases.Length, [.. names.Select(n => new FeatureColumn(n, source, FeatureScale.Numeric))], values);
    }

    private static (string[] Names, Dictionary<string, double[]> Rows) ReadFile(string path)
    {
        var lines = File.ReadAllLines(path).Where(l => l.Length > 0).Select(l => l.Split(',')).ToArray();
        return (lines[0][1..], lines[1..].ToDictionary(l => l[0], l => Array.ConvertAll(l[1..], v =>
            double.TryParse(v, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN)));
    }
}
