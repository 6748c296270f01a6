using System.Globalization;
using RadiogenomicsCloud.Certification;
using RadiogenomicsCloud.Cli.Commands;
using RadiogenomicsCloud.Tables;
using Spectre.Console;

namespace RadiogenomicsCloud.Cli.Terminal;

/// <summary>Certificates for people, on standard output: tables on a terminal, a plain line a feature elsewhere.</summary>
internal static class CertificateDisplay
{
    private static readonly string[] Columns = ["Verdict", "Feature", "Value", "Reference", "Tolerance", "Difference"];

    public static void Print(IReadOnlyList<Certificate> certificates, Func<CertificateRow, bool> shown)
    {
        foreach (var certificate in certificates)
        {
            var rows = certificate.Rows.Where(shown).ToList();
            Console.Out.WriteLine(certificate.DataSet.Name);
            if (Console.IsOutputRedirected)
                Lines(rows);
            else if (rows.Count > 0)
                Grid(rows);
            Totals(certificate);
        }
    }

    private static string[] Cells(CertificateRow row) =>
    [
        CertificateOutput.Word(row.Verdict), row.Tag, row.Missing ?? CellText.Format(row.Value), row.Reference?.Printed ?? "",
        CertificateOutput.Number(row.Reference?.Tolerance), CertificateOutput.Number(row.Reference?.Difference(row.Value)),
    ];

    private static void Grid(List<CertificateRow> rows)
    {
        var table = new Table().Border(TableBorder.Simple);
        for (var c = 0; c < Columns.Length; c++)
            table.AddColumn(c < 2 ? new Spectre.Console.TableColumn(Columns[c]).NoWrap() : new Spectre.Console.TableColumn(Columns[c]).RightAligned().NoWrap());
        foreach (var row in rows)
        {
            var cells = Cells(row).Select(Markup.Escape).ToArray();
            if (row.IsFailure)
                cells[0] = $"[red]{cells[0]}[/]";
            table.AddRow(cells);
        }
        AnsiConsole.Write(table);
    }

    private static void Lines(List<CertificateRow> rows)
    {
        foreach (var row in rows)
        {
            var cells = Cells(row);
            Console.Out.WriteLine(row.Reference is null
                ? $"{cells[0]}: {cells[1]} {cells[2]}"
                : $"{cells[0]}: {cells[1]} {cells[2]}, reference {cells[3]} ± {cells[4]}{(cells[5].Length > 0 ? $", difference {cells[5]}" : "")}");
        }
    }

    private static void Totals(Certificate certificate)
    {
        foreach (var family in certificate.Families)
            Console.Out.WriteLine(Text($"  {family.Family}: {family.Reproduced} of {family.References}"));
        var without = certificate.Rows.Count - certificate.References;
        Console.Out.WriteLine(Text(
            $"{certificate.DataSet.Name}: {certificate.Reproduced} of {certificate.References} reference values reproduced; {without} features have none"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
