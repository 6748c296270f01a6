using System.Globalization;
using System.Text.Json;
using RadiogenomicsCloud.Certification;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Cli.Commands;

/// <summary>Certificates for programs.</summary>
internal static class CertificateOutput
{
    /// <summary>The word for a verdict, wherever it is shown.</summary>
    public static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Pass => "pass",
        Verdict.Fail => "fail",
        Verdict.NotComputed => "not computed",
        _ => "no reference",
    };

    public static string Number(decimal? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";

    public static void Csv(IReadOnlyList<Certificate> certificates, Func<CertificateRow, bool> shown, TextWriter output)
    {
        output.WriteLine("data_set,family,tag,value,reference,tolerance,difference,verdict");
        foreach (var certificate in certificates)
        {
            foreach (var row in certificate.Rows.Where(shown))
            {
                output.WriteLine(string.Join(
                    ',', certificate.DataSet.Key, row.Family, row.Tag, CellText.Format(row.Value), row.Reference?.Printed, Number(row.Reference?.Tolerance),
                    Number(row.Reference?.Difference(row.Value)), Word(row.Verdict)));
            }
        }
    }

    public static void Json(IReadOnlyList<Certificate> certificates, Func<CertificateRow, bool> shown, TextWriter output) =>
        output.WriteLine(JsonSerializer.Serialize(
            new
            {
                version = LocalRuns.Version,
                passed = certificates.All(c => c.Passed),
                dataSets = certificates.Select(c => new
                {
                    key = c.DataSet.Key,
                    name = c.DataSet.Name,
                    reproduced = c.Reproduced,
                    references = c.References,
                    families = c.Families,
                    rows = c.Rows.Where(shown).Select(r => new
                    {
                        r.Family,
                        r.Tag,
                        value = double.IsNaN(r.Value) ? (double?)null : r.Value,
                        reference = r.Reference?.Value,
                        tolerance = r.Reference?.Tolerance,
                        rounded = r.Reference?.Rounded(r.Value),
                        difference = r.Reference?.Difference(r.Value),
                        verdict = Word(r.Verdict),
                        r.Missing,
                    }),
                }),
            },
            CanonicalJson.Options));
}
