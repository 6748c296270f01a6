using RadiogenomicsCloud.Certification;
using RadiogenomicsCloud.Reporting.Documents;
using RadiogenomicsCloud.Reporting.Page;

namespace RadiogenomicsCloud.Core.Tests.Reporting;

public class ProvenanceTests
{
    [Fact]
    public void Many_files_of_a_folder_are_one_line_with_the_hash_of_their_sha256sum_listing()
    {
        // for i in 0 1 2 3 4 5 6 7 8; do printf '%064d  imaging/%d.dcm\n' $i $i; done | sha256sum
        const string Expected = "6f785a3125e7f9d9812c5321bdca208a049f89f42a239a3f6ebd256782c34f9a";
        InputFile[] files = [.. Enumerable.Range(0, 9).Select(i => new InputFile($"imaging/{i}.dcm", $"{i:D64}", 10))];
        var groups = InputGroup.Of([.. files.Reverse(), new("study.yaml", "ab", 5), new("features/a.csv", "cd", 7)]);
        Assert.Equal([new("study.yaml", 1, 5, "ab"), new("features/a.csv", 1, 7, "cd"), new("imaging/", 9, 90, Expected)], groups);
        Assert.Contains(Expected, ReportPage.Render(ExampleReports.WithInputs(files)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_says_how_many_reference_values_are_reproduced_and_in_which_families_not_all()
    {
        CertificateSummary Certificate(int reproduced) => new("IBSI-1 digital phantom", reproduced + 25, 175, [new("morphology", 25, 25), new("glcm", reproduced, 150)]);
        Assert.Contains("<td>IBSI-1 digital phantom: 175 of 175 reference values reproduced</td>", ReportPage.Render(ExampleReports.WithCertificate(Certificate(150))), StringComparison.Ordinal);
        Assert.Contains(
            "<td>IBSI-1 digital phantom: 174 of 175 reference values reproduced; not all in glcm</td>",
            ReportPage.Render(ExampleReports.WithCertificate(Certificate(149))), StringComparison.Ordinal);
        Assert.Contains("<td>not recorded in this run</td>", ReportPage.Render(ExampleReports.WithCertificate(null)), StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_read_as_a_study_file_with_defaults_told_apart()
    {
        var page = ReportPage.Render(ExampleReports.WithSettings(
            """
            {"schema":1,"name":"demo","idMap":{},"clinical":[],
             "imaging":[{"name":"ct","selection":{"modality":"CT","union":false},"preprocessing":{"resample":{"spacingMm":[2,2,2],"image":"Cubic","mask":"Linear"},"discretise":{"method":"FBN","bins":32}},"features":{"families":["all"]}}],
             "genomics":{"expression":{}},
             "compare":[{"name":"ct","parts":["ct"]},{"name":"ct+expression","parts":["ct","expression"]}],
             "models":[{"name":"elastic_net","options":{"folds":7}}],
             "validate":{"bootstrap":{"resamples":500}}}
            """));
        Assert.Contains("study: demo", page, StringComparison.Ordinal);
        Assert.Contains("compare: [ct, ct+expression]", page, StringComparison.Ordinal);
        Assert.Contains("resample: {spacing_mm: [2, 2, 2], image: cubic, mask: linear}", page, StringComparison.Ordinal);
        Assert.Contains("genomics: {expression: {}}", page, StringComparison.Ordinal);
        Assert.Contains("elastic_net: {folds: 7, <span class=\"default\">alpha: [0.5]</span>", page, StringComparison.Ordinal);
        Assert.Contains("<span class=\"default\">interval: {", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id_map", page, StringComparison.Ordinal);
        Assert.DoesNotContain("clinical:", page, StringComparison.Ordinal);
        Assert.Contains("<td>2 &#215; 2 &#215; 2 (image cubic, mask linear)</td>", page, StringComparison.Ordinal);
        Assert.Contains("<td>32 bins (FBN)</td>", page, StringComparison.Ordinal);
    }
}
