package reading

import "github.com/casus-foederis/casus/report"

func (r *Reader) begin(rep *report.Report) *page {
	return &page{Reader: r, report: rep, text: rep.Text, doc: &Document{Format: Format}}
}
func (p *page) findMentions()   {}
func (p *page) findTimes()      {}
func (p *page) findStatements() {}
func (p *page) findActs()       {}
func (p *page) findAgreements() {}
